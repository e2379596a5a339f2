package io.penstock.testkit.sim;

import java.lang.invoke.MethodHandles;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A deliberate mistake in one method of the engine, made in its bytecode while a class loader of the test reads it.
 *
 * <p>One that finds nothing to change, because the method or the call has gone, fails loudly: see {@link #apply}.
 *
 * @param className of the engine, with its package
 * @param change makes the mistake; counts the places that it has changed
 * @param repeats whether it shows in that a seed is not the same twice
 */
record Mutation(String name, String className, String method, Change change, boolean repeats) {

    private static final int API = MethodRewrite.API;

    /** Writes the method anew. */
    interface Change {
        MethodVisitor visit(MethodVisitor next, String descriptor, Runnable changed);
    }

    Mutation(String name, String className, String method, Change change) {
        this(name, className, method, change, false);
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * The class with the mistake in it.
     *
     * @throws IllegalStateException when there was no place for it
     */
    byte[] apply(byte[] original) {
        int[] places = {0};
        byte[] mutated = MethodRewrite.apply(
                original,
                (next, seen, descriptor) ->
                        seen.equals(method) ? change.visit(next, descriptor, () -> places[0]++) : next);
        if (places[0] == 0) {
            throw new IllegalStateException("The mutation \"" + name + "\" no longer applies: " + className + "."
                    + method + " has changed. Find what it means there now, or another mutation instead.");
        }
        return mutated;
    }

    /** The method does nothing and returns this; nothing for a void one. */
    static Change returns(int constant) {
        return (next, descriptor, changed) -> new MethodVisitor(API) {
            @Override
            public void visitCode() {
                changed.run();
                Type type = Type.getReturnType(descriptor);
                next.visitCode();
                push(next, type, constant);
                next.visitInsn(type.getOpcode(Opcodes.IRETURN));
                next.visitMaxs(0, 0);
                next.visitEnd();
            }
        };
    }

    /** A boolean method says the opposite. */
    static Change saysTheOpposite() {
        return (next, descriptor, changed) -> new MethodVisitor(API, next) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == Opcodes.IRETURN) {
                    changed.run();
                    super.visitInsn(Opcodes.ICONST_1);
                    super.visitInsn(Opcodes.IXOR);
                }
                super.visitInsn(opcode);
            }
        };
    }

    /** Calls of this name are left out; where something came of them, it is this. */
    static Change without(String called, int instead) {
        return (next, descriptor, changed) -> new MethodVisitor(API, next) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String called2, boolean isInterface) {
                if (!name.equals(called)) {
                    super.visitMethodInsn(opcode, owner, name, called2, isInterface);
                    return;
                }
                changed.run();
                Type[] arguments = Type.getArgumentTypes(called2);
                for (int i = arguments.length - 1; i >= 0; i--) {
                    super.visitInsn(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
                }
                if (opcode != Opcodes.INVOKESTATIC) {
                    super.visitInsn(Opcodes.POP);
                }
                push(this, Type.getReturnType(called2), instead);
            }
        };
    }

    /** A static method without parameters is asked in place of an interface's; its result is of the same type. */
    static Change asks(String called, Class<?> instead) {
        return (next, descriptor, changed) -> new MethodVisitor(API, next) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String called2, boolean isInterface) {
                if (opcode == Opcodes.INVOKEINTERFACE && name.equals(called)) {
                    changed.run();
                    super.visitInsn(Opcodes.POP);
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(instead), called, called2, false);
                } else {
                    super.visitMethodInsn(opcode, owner, name, called2, isInterface);
                }
            }
        };
    }

    /** A method that answers with a text answers with that of another method of its class. */
    static Change answersWith(String other, String owner) {
        return (next, descriptor, changed) -> new MethodVisitor(API) {
            @Override
            public void visitCode() {
                changed.run();
                next.visitCode();
                next.visitVarInsn(Opcodes.ALOAD, 0);
                next.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL, owner.replace('.', '/'), other, "()Ljava/lang/String;", false);
                next.visitInsn(Opcodes.ARETURN);
                next.visitMaxs(0, 0);
                next.visitEnd();
            }
        };
    }

    /** What the method answers with, null too, goes through a static method of objects first. */
    static Change answersThrough(String called, Class<?> owner) {
        initialize(owner);
        return (next, descriptor, changed) -> new MethodVisitor(API, next) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == Opcodes.ARETURN) {
                    changed.run();
                    String to = Type.getReturnType(descriptor).getInternalName();
                    String form = "(Ljava/lang/Object;)Ljava/lang/Object;";
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(owner), called, form, false);
                    super.visitTypeInsn(Opcodes.CHECKCAST, to);
                }
                super.visitInsn(opcode);
            }
        };
    }

    /** The method hands its object to a static method of objects before all else. */
    static Change beginsWith(String called, Class<?> owner) {
        initialize(owner);
        return (next, descriptor, changed) -> new MethodVisitor(API, next) {
            @Override
            public void visitCode() {
                changed.run();
                super.visitCode();
                super.visitVarInsn(Opcodes.ALOAD, 0);
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, Type.getInternalName(owner), called, "(Ljava/lang/Object;)V", false);
            }
        };
    }

    /** Void calls of this name, with no argument or one that is no long, are made twice. */
    static Change twice(String called) {
        return (next, descriptor, changed) -> new MethodVisitor(API, next) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String called2, boolean isInterface) {
                if (name.equals(called)) {
                    changed.run();
                    super.visitInsn(Type.getArgumentTypes(called2).length == 0 ? Opcodes.DUP : Opcodes.DUP2);
                    super.visitMethodInsn(opcode, owner, name, called2, isInterface);
                }
                super.visitMethodInsn(opcode, owner, name, called2, isInterface);
            }
        };
    }

    /** Another constant of the same class is meant, at this one of the places where it is named, counted from 1. */
    static Change means(String constant, String other, int place) {
        return (next, descriptor, changed) -> new MethodVisitor(API, next) {
            private int count;

            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String fieldDescriptor) {
                boolean meant = opcode == Opcodes.GETSTATIC && name.equals(constant) && ++count == place;
                if (meant) {
                    changed.run();
                }
                super.visitFieldInsn(opcode, owner, meant ? other : name, fieldDescriptor);
            }
        };
    }

    /** A call with a constant true as its last argument is made with false. */
    static Change withFalse(String called) {
        return (next, descriptor, changed) -> new MethodVisitor(API, next) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String called2, boolean isInterface) {
                if (name.equals(called) && called2.contains("Z)")) {
                    changed.run();
                    super.visitInsn(Opcodes.POP);
                    super.visitInsn(Opcodes.ICONST_0);
                }
                super.visitMethodInsn(opcode, owner, name, called2, isInterface);
            }
        };
    }

    /** Here, and not in the engine, where what it throws would count as a finding. */
    private static void initialize(Class<?> mistakes) {
        try {
            MethodHandles.lookup().ensureInitialized(mistakes);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void push(MethodVisitor to, Type type, int constant) {
        switch (type.getSort()) {
            case Type.VOID -> {}
            case Type.LONG -> to.visitLdcInsn((long) constant);
            case Type.BOOLEAN, Type.INT, Type.SHORT, Type.BYTE -> to.visitLdcInsn(constant);
            case Type.OBJECT, Type.ARRAY -> to.visitInsn(Opcodes.ACONST_NULL);
            default -> throw new IllegalArgumentException("Nothing to push for " + type);
        }
    }
}

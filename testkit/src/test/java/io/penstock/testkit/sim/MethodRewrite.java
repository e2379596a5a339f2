package io.penstock.testkit.sim;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Puts a visitor between each method of a class and what it becomes. */
interface MethodRewrite {

    int API = Opcodes.ASM9;

    /** What hears of the method's code and passes it on; {@code next} itself to leave it as it is. */
    MethodVisitor visit(MethodVisitor next, String method, String descriptor);

    /** The class as it is then. */
    static byte[] apply(byte[] original, MethodRewrite rewrite) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(API, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String method, String descriptor, String signature, String[] exceptions) {
                        return rewrite.visit(
                                super.visitMethod(access, method, descriptor, signature, exceptions),
                                method,
                                descriptor);
                    }
                },
                0);
        return writer.toByteArray();
    }
}

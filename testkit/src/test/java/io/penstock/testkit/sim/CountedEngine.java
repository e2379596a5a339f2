package io.penstock.testkit.sim;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Loads the engine so that it counts what it does: each call of a method of its own and each round of a loop. That is what a machine's
 * time would be measured for, without a machine.
 */
final class CountedEngine extends MutatedEngine {

    private static final String ENGINE = "io.penstock.internal.";
    private static final String COUNTER = Type.getInternalName(WorkCounter.class);

    CountedEngine(@Nullable Mutation mutation) {
        super(mutation);
    }

    /** How much the engine does for one record and its commit, where so many partitions have been used before. */
    long costOfOneRecord(int partitionCount) throws Exception {
        return (long) loadClass(TurnCost.class.getName())
                .getMethod("ofOneRecord", int.class)
                .invoke(null, partitionCount);
    }

    @Override
    byte[] transform(String name, byte[] bytes) {
        return name.startsWith(ENGINE)
                ? MethodRewrite.apply(bytes, (next, method, descriptor) -> new Counting(next))
                : bytes;
    }

    private static final class Counting extends MethodVisitor {

        private final Set<Label> passed = new HashSet<>();

        Counting(MethodVisitor next) {
            super(MethodRewrite.API, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            count();
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (opcode == Opcodes.GOTO && passed.contains(label)) {
                count();
            }
            super.visitJumpInsn(opcode, label);
        }

        private void count() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTER, "count", "()V", false);
        }
    }
}

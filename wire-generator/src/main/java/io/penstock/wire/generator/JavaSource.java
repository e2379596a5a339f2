package io.penstock.wire.generator;

/** Java text in the making: keeps the indentation, one line at a time. */
final class JavaSource {

    private final StringBuilder text = new StringBuilder();
    private int depth;

    JavaSource line(String line) {
        if (!line.isEmpty()) {
            text.append("    ".repeat(depth)).append(line);
        }
        text.append('\n');
        return this;
    }

    /** A line that opens a block, with its brace. */
    JavaSource open(String head) {
        line(head + " {");
        depth++;
        return this;
    }

    JavaSource close() {
        depth--;
        return line("}");
    }

    /** Closes a block and opens its sequel, such as an {@code else}, on the same line. */
    JavaSource closeAndOpen(String middle) {
        depth--;
        line("} " + middle + " {");
        depth++;
        return this;
    }

    JavaSource blank() {
        return line("");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

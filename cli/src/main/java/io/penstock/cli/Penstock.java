package io.penstock.cli;

import io.penstock.producer.KafkaProducer;
import io.penstock.serialization.ByteArraySerializer;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code penstock} command: reads the command line, runs, and turns every failure into one line and an exit status.
 *
 * <p>0: done; 1: something failed; 2: the command line makes no sense; 130 and 143: interrupted.
 */
@Command(
        name = "penstock",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Sends records to Apache Kafka.",
        synopsisSubcommandLabel = "COMMAND")
public final class Penstock implements Runnable {
    static final int FAILED = 1;
    static final int USAGE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs the command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        Terminal terminal = new Terminal(System.err, Boolean.getBoolean("penstock.terminal"));
        Terminal.setCurrent(terminal);
        int status = run(
                args,
                System.in,
                System.out,
                terminal,
                ProduceJob.Environment.ofJvm(settings ->
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())));
        System.exit(status);
    }

    static int run(
            String[] args, InputStream in, PrintStream out, Terminal terminal, ProduceJob.Environment environment) {
        CommandLine command = new CommandLine(new Penstock());
        command.addSubcommand(new ProduceCommand(in, terminal, environment));
        command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        command.setParameterExceptionHandler((e, ignored) -> usage(e, terminal));
        command.setExecutionExceptionHandler((e, commandLine, parsed) -> {
            terminal.line("penstock: " + Failures.describe(e));
            return FAILED;
        });
        return command.execute(args);
    }

    private static int usage(ParameterException e, Terminal terminal) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        terminal.line("penstock: " + Failures.oneLine(e.getMessage()) + " (see " + name + " --help)");
        return USAGE;
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "give a command: penstock produce");
    }
}

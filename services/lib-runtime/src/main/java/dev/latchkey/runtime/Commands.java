package dev.latchkey.runtime;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What the command lines for people have in common: help for each command, and one sentence for what people can mend. */
public final class Commands {
    private static final String HELP = "help";

    /** So that it is said once. */
    private static final class HelpOption {
        @SuppressWarnings("UnusedVariable") // picocli looks for it
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this text.")
        private boolean help;
    }

    private Commands() {}

    /**
     * A command line of several commands.
     *
     * @param sentences what to complain of in one sentence; every other failure is thrown on as it is
     */
    public static CommandLine of(Object program, List<?> commands, Function<Exception, Optional<String>> sentences) {
        var line = new CommandLine(program);
        commands.forEach(line::addSubcommand);
        line.addMixin(HELP, new HelpOption());
        line.getSubcommands().values().forEach(command -> command.addMixin(HELP, new HelpOption()));
        return line.setExecutionExceptionHandler((failure, command, _) ->
                complain(line.getCommandName(), sentences.apply(failure).orElseThrow(() -> failure), command));
    }

    private static int complain(String program, String sentence, CommandLine command) {
        command.getOut().flush();
        command.getErr().println(program + ": " + sentence);
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}

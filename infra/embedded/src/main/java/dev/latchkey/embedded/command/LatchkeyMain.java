package dev.latchkey.embedded.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ./latchkey}: one subcommand for each thing that can be done on a developer's machine. */
@Command(name = "latchkey", description = "Bring your own model: runs agents and books on the users' own LLM keys.")
public final class LatchkeyMain {
    private LatchkeyMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(System.getenv()).execute(arguments));
    }

    /** The commands, for somebody with this environment. */
    static CommandLine commandLine(Map<String, String> environment) {
        var line = new CommandLine(new LatchkeyMain())
                .addSubcommand(new DemoCommand(environment))
                .addSubcommand(new UpCommand(environment))
                .addSubcommand(new TokenCommand(environment))
                .addSubcommand(new BenchCommand(environment))
                .addSubcommand(new StatusCommand())
                .setExecutionExceptionHandler(Complaint::say);
        line.getSubcommands().values().forEach(LatchkeyMain::addHelp);
        return line;
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this text.")
                        .build());
    }
}

package dev.latchkey.embedded.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What to run: the words of a command line, and its whole environment beside what every program needs. */
public record Command(List<String> words, Map<String, String> environment) {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** A Java program, on the same Java as this one, sized for many of them on one machine. */
    public static Command java(int megabytes, List<String> arguments, Map<String, String> environment) {
        return java(Sizing.SHARED, megabytes, arguments, environment);
    }

    /** A Java program, on the same Java as this one. */
    public static Command java(Sizing sizing, int megabytes, List<String> arguments, Map<String, String> environment) {
        var words = new ArrayList<String>();
        words.add(JAVA.toString());
        words.addAll(sizing.options(megabytes));
        words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        words.addAll(arguments);
        return new Command(words, environment);
    }

    /** The same command as the last words of another, which runs it. */
    Command runBy(List<String> runner) {
        var all = new ArrayList<>(runner);
        all.addAll(words);
        return new Command(all, environment);
    }

    /** A program gets what it is given, and none of the keys that lie in the environment of this one. */
    ProcessBuilder builder() {
        var builder = new ProcessBuilder(words);
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        return builder;
    }
}

package dev.latchkey.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Programs that tests start. They inherit no setting and no key of whoever runs the tests. */
public final class TestProgram {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Pattern FOREIGN = Pattern.compile("LATCHKEY_.*|.*_API_KEY");

    private TestProgram() {}

    public static ProcessBuilder of(List<String> words) {
        var program = new ProcessBuilder(words);
        program.environment().keySet().removeIf(FOREIGN.asMatchPredicate());
        return program;
    }

    /** On the same Java and with the same classes as this one. */
    public static ProcessBuilder java(Class<?> main, String... arguments) {
        return java(List.of(), main, arguments);
    }

    /** The same with options of Java before the class. */
    public static ProcessBuilder java(List<String> options, Class<?> main, String... arguments) {
        var words = new ArrayList<>(List.of(JAVA.toString()));
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        return of(words);
    }
}

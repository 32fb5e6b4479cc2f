package dev.latchkey.embedded;

import dev.latchkey.embedded.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program that rotates the master key: it lies in the jar of the api. */
final class KeysProgram {
    private static final int MEGABYTES = 256;

    private KeysProgram() {}

    static Command of(Distribution distribution, List<String> arguments, Map<String, String> environment) {
        var words = new ArrayList<String>();
        words.add("-cp");
        words.add(distribution.jar("api").toString());
        words.add("dev.latchkey.api.keys.KeysMain");
        words.addAll(arguments);
        return Command.java(MEGABYTES, words, environment);
    }
}

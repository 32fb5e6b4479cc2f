package dev.latchkey.runtime;

import java.nio.file.Path;
import java.util.Map;

/** Where programs of one user of this machine find what they share, as the XDG base directories say. */
public final class StateHome {
    private StateHome() {}

    public static Path of(Map<String, String> environment) {
        var state = environment.getOrDefault("XDG_STATE_HOME", "");
        var directory = state.isBlank()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".local", "state")
                : Path.of(state);
        return directory.resolve("latchkey");
    }
}

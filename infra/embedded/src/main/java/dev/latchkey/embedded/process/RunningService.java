package dev.latchkey.embedded.process;

import java.util.Optional;

/** Finds the services that were started from here. */
public final class RunningService {
    private RunningService() {}

    /** The program itself, not the shell that guards it. */
    public static ProcessHandle process(String service) {
        return find(service).orElseThrow(() -> new IllegalStateException("the " + service + " does not run"));
    }

    /** Empty while it does not run. */
    public static Optional<ProcessHandle> find(String service) {
        var jar = "/lib/" + service + "-";
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(process -> process.info().commandLine().orElse("").contains(jar))
                .findFirst();
    }
}

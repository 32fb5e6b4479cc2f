package dev.latchkey.embedded.process;

import java.util.stream.Stream;

/** Finds the services that were started from here. */
public final class RunningService {
    private RunningService() {}

    /** The program itself, not the shell that guards it. */
    public static ProcessHandle process(String service) {
        return all(service)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the " + service + " does not run"));
    }

    /** Of every stack that was started from here. */
    public static Stream<ProcessHandle> all(String service) {
        var jar = "/lib/" + service + "-";
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(process -> process.info().commandLine().orElse("").contains(jar));
    }
}

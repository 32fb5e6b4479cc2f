package dev.latchkey.acceptance;

import dev.latchkey.embedded.process.RunningService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Everything that a running service can reach in its memory, as a file. */
final class HeapDump {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    private HeapDump() {}

    /** The JVM collects garbage first: what nobody can reach any more is not in the file. */
    static Path of(String service, Path directory) throws IOException, InterruptedException {
        var file = directory.resolve(service + ".hprof");
        Files.deleteIfExists(file);
        var pid = Long.toString(RunningService.process(service).pid());
        var jcmd = new ProcessBuilder(JCMD.toString(), pid, "GC.heap_dump", file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0 || !Files.exists(file)) {
            throw new IllegalStateException("no heap dump of " + service + ": " + said);
        }
        return file;
    }
}

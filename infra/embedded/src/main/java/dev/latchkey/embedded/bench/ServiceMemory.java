package dev.latchkey.embedded.bench;

import dev.latchkey.embedded.process.RunningService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a running service keeps in its heap. */
final class ServiceMemory {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private ServiceMemory() {}

    /** In bytes, after a garbage collection. */
    static long used(String service) throws IOException, InterruptedException {
        var jcmd = new ProcessBuilder(
                        JCMD.toString(),
                        Long.toString(RunningService.process(service).pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var total = TOTAL.matcher(said);
        if (jcmd.waitFor() != 0 || !total.find()) {
            throw new IllegalStateException("jcmd does not say what the " + service + " keeps: " + said);
        }
        return Long.parseLong(total.group(1));
    }
}

package dev.latchkey.agent;

import dev.latchkey.agent.answering.Answerer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * A worker in a process of its own, to be killed, whose calls take 10 ms. Each is noted in a file before it is made, as a
 * provider would have it on its bill. Reads and writes the broker at its first argument; the second is the file.
 */
final class NotingWorker {
    private NotingWorker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var words = List.of(arguments);
        var format = DoomedWorker.format();
        try (var file = Files.newOutputStream(Path.of(words.get(1)));
                var _ = Worker.start(DoomedWorker.kafka(words.getFirst()), format, noting(file))) {
            new CountDownLatch(1).await();
        }
    }

    /** The calls that were noted. The last line of a killed worker may be half a line, of a call that was not made. */
    static List<UUID> calls(Path file) {
        try {
            var text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(UUID::fromString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answerer noting(OutputStream file) {
        return task -> {
            note(file, task.getTaskId() + "\n");
            Thread.sleep(10);
            return Tasks.answered(task);
        };
    }

    private static void note(OutputStream file, String line) {
        try {
            file.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.latchkey.acceptance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in which canaries are looked for.
 *
 * @param name where the bytes were
 */
record Haystack(String name, Source source) {
    private static final int CHUNK = 1 << 20;
    private static final int OVERLAP = 256;

    interface Source {
        InputStream open() throws IOException;
    }

    static Haystack of(Path file) {
        return new Haystack(file.toString(), () -> Files.newInputStream(file));
    }

    static Haystack of(String name, String text) {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** No bytes, as a tombstone has, hold nothing. */
    static Haystack of(String name, byte @Nullable [] bytes) {
        var present = bytes == null ? new byte[0] : bytes;
        return new Haystack(name, () -> new ByteArrayInputStream(present));
    }

    /** Every regular file below a directory. */
    static List<Haystack> below(Path directory) {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).map(Haystack::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was found, as a sentence for each: where, and the canary's marker. */
    Stream<String> findings(List<Canary> canaries) {
        var found = new LinkedHashSet<Canary>();
        var traces = canaries.stream().collect(Collectors.toMap(Function.identity(), Canary::traces));
        look(text -> traces.forEach((canary, each) -> {
            if (each.stream().anyMatch(text::contains)) {
                found.add(canary);
            }
        }));
        return found.stream().map(canary -> name + " holds " + canary.key());
    }

    /** Once over all bytes, each as a character. A file that is gone by now holds nothing. */
    private void look(Consumer<String> reader) {
        try (var in = source.open()) {
            byte[] chunk = new byte[CHUNK];
            int kept = 0;
            while (true) {
                int read = in.readNBytes(chunk, kept, CHUNK - kept);
                var text = new String(chunk, 0, kept + read, StandardCharsets.ISO_8859_1);
                reader.accept(text);
                if (kept + read < CHUNK) {
                    return;
                }
                System.arraycopy(chunk, CHUNK - OVERLAP, chunk, 0, OVERLAP);
                kept = OVERLAP;
            }
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("could not look into " + name, e);
        }
    }
}

package dev.latchkey.acceptance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in which canaries are looked for.
 *
 * @param name where the bytes were
 */
record Haystack(String name, Source source) {
    private static final int CHUNK = 1 << 20;
    private static final int OVERLAP = 256;
    private static final byte[] ZEROS = new byte[CHUNK];

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

    /**
     * Once over all bytes, each as a character, in texts that overlap. Long stretches of zeros are left out: most of what a
     * broker keeps is space that it has set aside for its indexes. A file that is gone by now holds nothing.
     */
    void look(Consumer<String> reader) {
        try (var in = source.open()) {
            byte[] chunk = new byte[Math.clamp(in.available() + 1L, 2 * OVERLAP, CHUNK)];
            int kept = 0;
            while (true) {
                int read = kept + in.readNBytes(chunk, kept, chunk.length - kept);
                if (!isZeros(chunk, read)) {
                    reader.accept(new String(chunk, 0, read, StandardCharsets.ISO_8859_1));
                }
                if (read < chunk.length) {
                    return;
                }
                System.arraycopy(chunk, chunk.length - OVERLAP, chunk, 0, OVERLAP);
                kept = OVERLAP;
            }
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("could not look into " + name, e);
        }
    }

    private static boolean isZeros(byte[] chunk, int length) {
        return Arrays.equals(chunk, 0, length, ZEROS, 0, length);
    }
}

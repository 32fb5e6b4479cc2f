package dev.latchkey.embedded;

import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps everybody else out of a directory with state; it goes with this program, however that ends. */
public final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the directory if it is not there; refuses one that somebody else has. */
    public static DirectoryLock of(Path directory) {
        try {
            Files.createDirectories(directory);
            var channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isMine(channel)) {
                return new DirectoryLock(channel);
            }
            channel.close();
            throw new StartRefused("somebody else keeps state in " + directory
                    + " just now: stop that program, or name another directory with --data");
        } catch (IOException e) {
            throw new StartRefused("no state can be kept in " + directory + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMine(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}

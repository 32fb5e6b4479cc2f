package dev.latchkey.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Where a stack keeps everything: a directory that stays, or one that goes with the stack. */
public record WorkingDirectory(Path path, boolean stays) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    public static WorkingDirectory lasting(Path path) {
        return new WorkingDirectory(path.toAbsolutePath().normalize(), true);
    }

    public static WorkingDirectory temporary() {
        try {
            return new WorkingDirectory(Files.createTempDirectory("latchkey-"), false);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory can be made", e);
        }
    }

    /** Deletes the directory unless it stays. */
    @Override
    public void close() {
        if (stays) {
            return;
        }
        try {
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary directory " + path + " can not be deleted", e);
        }
    }

    /** A program that was killed may write for another moment: what it leaves behind is deleted in the next attempt. */
    private void delete() throws IOException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(path)) {
            try {
                Files.walkFileTree(path, new Deletion());
            } catch (IOException e) {
                if (System.nanoTime() > giveUp) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}

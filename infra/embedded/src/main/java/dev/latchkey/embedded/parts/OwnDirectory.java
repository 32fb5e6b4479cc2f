package dev.latchkey.embedded.parts;

import com.sun.security.auth.module.UnixSystem;
import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A directory where others can write too, such as /tmp, is no place to run programs from: this one is ours alone. */
final class OwnDirectory {
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private OwnDirectory() {}

    /** Makes the directory if it is not there; refuses one into which somebody else may have put something. */
    static Path at(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (!isOwn(path)) {
                throw new StartRefused(
                        "somebody else can write to " + path + ", where programs are unpacked: remove it");
            }
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(path + " can not be used to unpack programs", e);
        }
    }

    private static boolean isOwn(Path path) throws IOException {
        long owner = Integer.toUnsignedLong((int) Files.getAttribute(path, "unix:uid"));
        return owner == new UnixSystem().getUid()
                && Files.getPosixFilePermissions(path).stream().noneMatch(OTHERS_WRITE::contains);
    }
}

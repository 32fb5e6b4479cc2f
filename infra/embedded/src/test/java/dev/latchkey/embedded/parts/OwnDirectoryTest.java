package dev.latchkey.embedded.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnDirectoryTest {
    @TempDir
    private Path directory;

    private Path programs = Path.of("unset");

    @BeforeEach
    void choose() {
        programs = directory.resolve("programs");
    }

    @Test
    void isMadeForItsOwnerAlone() throws IOException {
        assertThat(OwnDirectory.at(programs)).isEqualTo(programs);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(programs)))
                .isEqualTo("rwx------");
    }

    @Test
    void isUsedAgain() throws IOException {
        Files.writeString(OwnDirectory.at(programs).resolve("postgres"), "program");

        assertThat(OwnDirectory.at(programs).resolve("postgres")).hasContent("program");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx---rwx"})
    void isRefusedWhenOthersCanWriteToIt(String permissions) throws IOException {
        Files.setPosixFilePermissions(Files.createDirectory(programs), PosixFilePermissions.fromString(permissions));

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> OwnDirectory.at(programs))
                .withMessage("somebody else can write to " + programs + ", where programs are unpacked: remove it");
    }
}

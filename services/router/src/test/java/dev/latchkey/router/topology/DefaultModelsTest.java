package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.deleted;
import static dev.latchkey.router.Given.modelOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.CredentialChanged;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DefaultModelsTest {
    private final RouterRig router = RouterRig.usual();

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void publishesTheDefaultUnderItsUser() {
        router.change(active("a", 1, 1));

        assertThat(router.defaults()).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(ANNA.toString());
            assertThat(record.value()).isEqualTo(modelOf(active("a", 1, 1)));
        });
    }

    @Test
    void publishesWhereAModelOfAUsersOwnIs() {
        var own = CredentialChanged.newBuilder(active("a", 1, 1))
                .setProvider("openai-compatible")
                .setBaseUrl("https://models.example/v1")
                .build();

        router.change(own);

        assertThat(router.defaults()).extracting(record -> record.value()).containsExactly(modelOf(own));
    }

    @Test
    void publishesEveryChangeOfTheDefault() {
        router.change(active("a", 1, 1));
        router.change(active("b", 2, 2));

        assertThat(router.defaults())
                .extracting(record -> record.value())
                .containsExactly(modelOf(active("a", 1, 1)), modelOf(active("b", 2, 2)));
    }

    @Test
    void saysNothingWhenTheDefaultStaysAsItIs() {
        router.change(active("a", 2, 2));
        router.defaults();

        router.change(active("a", 2, 2));
        router.change(active("a", 1, 1));
        router.change(active("b", 3, 0));
        router.change(deleted("b", 4, 0));

        assertThat(router.defaults()).isEmpty();
    }

    @Test
    void saysNothingAboutAUserWhoNeverHadADefault() {
        router.change(active("a", 1, 0));
        router.change(deleted("a", 2, 0));

        assertThat(router.defaults()).isEmpty();
    }

    @Test
    void writesATombstoneWhenTheDefaultIsDeleted() {
        router.change(active("a", 1, 1));
        router.change(active("b", 2, 0));
        router.defaults();

        router.change(deleted("a", 3, 1));

        assertThat(router.defaults()).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(ANNA.toString());
            assertThat(record.value()).isNull();
        });
    }

    @Test
    void comesToTheSameBytesInAnyOrder() {
        var history = List.of(active("a", 1, 1), active("b", 2, 2), active("c", 3, 3), deleted("c", 4, 3));
        var random = new Random(7);

        for (int round = 0; round < 20; round++) {
            var shuffled = new ArrayList<>(history);
            shuffled.addAll(history);
            Collections.shuffle(shuffled, random);

            assertThat(stored(shuffled)).isEqualTo(stored(history));
        }
    }

    @Test
    void keepsNoSealedKey() {
        router.change(active("a", 1, 1));

        assertThat(router.dump(RouterStores.CREDENTIALS).values())
                .extracting(bytes -> new String(bytes.get(), StandardCharsets.ISO_8859_1))
                .singleElement()
                .asString()
                .contains("model-of-a")
                .doesNotContain("vault:v1:");
    }

    private static Object stored(List<CredentialChanged> history) {
        try (var rig = RouterRig.usual()) {
            history.forEach(rig::change);
            return rig.dump(RouterStores.CREDENTIALS);
        }
    }
}

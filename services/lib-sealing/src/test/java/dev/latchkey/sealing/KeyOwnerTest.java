package dev.latchkey.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pins what is sealed and under which text: with others, nothing opens that was sealed before. */
final class KeyOwnerTest {
    private static final UUID USER = UUID.fromString("018F0000-0000-7000-8000-00000000000A");
    private static final UUID CREDENTIAL = UUID.fromString("018F0000-0000-7000-8000-00000000000B");

    @Test
    void contextIsUserAndCredentialInLowerCase() {
        assertThat(KeyOwner.context(USER, CREDENTIAL))
                .isEqualTo("018f0000-0000-7000-8000-00000000000a/018f0000-0000-7000-8000-00000000000b");
        assertThat(owner("openai", null).context()).isEqualTo(KeyOwner.context(USER, CREDENTIAL));
    }

    @Test
    void theDestinationIsSealedBeforeTheKey() {
        assertThat(owner("openai", null).sealable("sk-1")).isEqualTo("openai\nsk-1");
        assertThat(owner("openai-compatible", "https://models.example/v1").sealable("sk-1"))
                .isEqualTo("openai-compatible https://models.example/v1\nsk-1");
    }

    @Test
    void nothingOpensThatIsForNoDestination() {
        assertThat(owner("openai", null).opened("sk-1")).isInstanceOf(Unsealed.Refused.class);
        assertThat(owner("openai", null).opened("openai\nsk-1")).isEqualTo(new Unsealed.Opened(new ApiKey("sk-1")));
    }

    private static KeyOwner owner(String provider, @Nullable String baseUrl) {
        return new KeyOwner(USER, CREDENTIAL, new Destination(provider, baseUrl));
    }
}

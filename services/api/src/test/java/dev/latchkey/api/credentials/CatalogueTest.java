package dev.latchkey.api.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.Provider;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueTest {
    private final Catalogue catalogue = new Catalogue(
            Map.of(Provider.OPENAI, "gpt-4o-mini"), new AllowedOrigins(Set.of("http://models.internal:8000")));

    @Test
    void namesTheOperatorsModelWhenTheUserNamesNone() {
        assertThat(catalogue.model(Provider.OPENAI, null, null))
                .isEqualTo(new Model(Provider.OPENAI, "gpt-4o-mini", null));
        assertThat(catalogue.model(Provider.OPENAI, "gpt-5", null))
                .isEqualTo(new Model(Provider.OPENAI, "gpt-5", null));
    }

    @Test
    void listsTheProvidersToWhoeverNamesAnother() {
        assertThatExceptionOfType(BrokenRule.class)
                .isThrownBy(() -> Catalogue.provider("acme"))
                .withMessage("the provider must be one of openai, google, anthropic, openai-compatible");
    }

    @Test
    void takesAnAllowListedOriginWithoutTls() {
        var url = URI.create("http://models.internal:8000/v1");

        assertThat(catalogue.model(Provider.OPENAI_COMPATIBLE, "llama", url))
                .isEqualTo(new Model(Provider.OPENAI_COMPATIBLE, "llama", url));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "OPENAI_COMPATIBLE | llama | - | base_url is needed for openai-compatible and not allowed for any other provider",
                "OPENAI | gpt | https://a.test/v1 | base_url is needed for openai-compatible and not allowed for any other provider",
                "OPENAI_COMPATIBLE | - | https://a.test/v1 | model_name is needed for openai-compatible",
                "OPENAI_COMPATIBLE | llama | http://a.test/v1 | base_url must be https",
                "OPENAI_COMPATIBLE | llama | http://models.internal:8001/v1 | base_url must be https",
                "OPENAI_COMPATIBLE | llama | ftp://a.test | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | https://u:p@a.test | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | https://a.test@127.0.0.1 | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | https://models.internal:8000@127.0.0.1/v1 | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | https://a.test%40127.0.0.1 | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | https://127.1/v1 | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | https://0x7f.1/v1 | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | https:/v1 | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | https:///v1 | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | file:///etc/passwd | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | https://a.test/v1#x | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | http://models.internal:8000.evil.test/v1 | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | http://models.internal.evil.test:8000/v1 | base_url must be https",
                "OPENAI_COMPATIBLE | llama | http://models.internal/v1 | base_url must be https",
                "OPENAI_COMPATIBLE | llama | HTTP://a.test/v1 | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | https://a.test/?q=1 | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI_COMPATIBLE | llama | nowhere | base_url must be a URL with a host and without user, query and fragment",
                "OPENAI | two words | - | model_name must be 1 to 100 printable ASCII characters without spaces",
            })
    void saysWhichRuleAModelBreaks(Provider provider, String name, URI url, String rule) {
        assertThatExceptionOfType(BrokenRule.class)
                .isThrownBy(() -> catalogue.model(provider, name, url))
                .withMessage(rule);
    }
}

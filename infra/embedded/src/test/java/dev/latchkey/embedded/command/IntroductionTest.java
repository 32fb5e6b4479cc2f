package dev.latchkey.embedded.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.embedded.Ports;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class IntroductionTest {
    @Test
    void saysWhereEverythingIsAndWhatToPaste() {
        var introduction = new Introduction(Ports.stable(1000), Path.of("/var/latchkey"));

        assertThat(introduction).hasToString("""
                Latchkey is up.

                  api              http://localhost:9080   (its paths: http://localhost:9080/openapi.json)
                  Kafka            localhost:10092
                  schema registry  http://localhost:9081/apis/ccompat/v7
                  PostgreSQL       postgresql://postgres:postgres@localhost:6432/latchkey
                  transit          http://localhost:9200   (for development)
                  providers        http://localhost:9090   (stand-in; its calls: http://localhost:9090/calls)
                  router           http://localhost:9082
                  agent-worker     http://localhost:9083
                  pnl-worker       http://localhost:9084
                  data and logs    /var/latchkey

                Try it:

                  TOKEN=$(./latchkey token --user 018f3a00-0000-7000-8000-000000000001)
                  curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                       -d '{"provider": "openai", "api_key": "sk-demo-key-of-mine-1234", "is_default": true}' \\
                       http://localhost:9080/api/v1/users/me/llm-credentials

                Ctrl-C stops it.""");
    }
}

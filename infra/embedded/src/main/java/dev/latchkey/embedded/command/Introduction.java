package dev.latchkey.embedded.command;

import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.parts.SchemaRegistry;
import java.nio.file.Path;

/** What somebody who started the system reads first: where everything is, and something to paste. */
record Introduction(Ports ports, Path data) {
    @Override
    public String toString() {
        return String.join("\n", "Latchkey is up.", "", addresses(), "", firstSteps(), "Ctrl-C stops it.");
    }

    private String addresses() {
        return """
                  api              %1$s   (its paths: %1$s/openapi.json)
                  Kafka            localhost:%2$d
                  schema registry  %3$s
                  PostgreSQL       postgresql://postgres:postgres@localhost:%4$d/latchkey
                  transit          %5$s   (for development)
                  providers        %6$s   (stand-in; its calls: %6$s/calls)
                  router           %7$s
                  agent-worker     %8$s
                  pnl-worker       %9$s
                  data and logs    %10$s""".formatted(
                        ports.url(Listener.API),
                        ports.of(Listener.KAFKA),
                        ports.url(Listener.REGISTRY) + SchemaRegistry.API,
                        ports.of(Listener.POSTGRES),
                        ports.url(Listener.TRANSIT),
                        ports.url(Listener.PROVIDERS),
                        ports.url(Listener.ROUTER),
                        ports.url(Listener.AGENT_WORKER),
                        ports.url(Listener.PNL_WORKER),
                        data)
                .indent(2)
                .stripTrailing();
    }

    private String firstSteps() {
        return """
                Try it:

                  TOKEN=$(./latchkey token --user 018f3a00-0000-7000-8000-000000000001)
                  curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                       -d '{"provider": "openai", "api_key": "sk-demo-key-of-mine-1234", "is_default": true}' \\
                       %s/api/v1/users/me/llm-credentials
                """.formatted(ports.url(Listener.API));
    }
}

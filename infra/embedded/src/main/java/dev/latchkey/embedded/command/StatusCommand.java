package dev.latchkey.embedded.command;

import dev.latchkey.embedded.Ports;
import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.process.Readiness;
import dev.latchkey.runtime.Figure;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey status}: what of a running system is ready. */
@Command(
        name = "status",
        description = {
            "Says of every part and service of the system started with `up` whether it is ready.",
            "The exit status is 0 only if all are."
        })
final class StatusCommand implements Callable<Integer> {
    private static final Set<Listener> SERVICES =
            Set.of(Listener.API, Listener.ROUTER, Listener.AGENT_WORKER, Listener.PNL_WORKER);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "What `up --port-offset N` added to every port. Default: ${DEFAULT-VALUE}.")
    private int portOffset;

    @Option(names = "--json", paramLabel = "FILE", description = "Write what was found to this file: 1 is ready.")
    private @Nullable Path figures;

    @Override
    public Integer call() {
        var ports = Ports.stable(portOffset);
        var ready = new EnumMap<Listener, Boolean>(Listener.class);
        for (var listener : Listener.values()) {
            ready.put(listener, isReady(listener, ports));
        }
        ready.forEach((listener, answer) -> print(listener, ports, answer));
        if (figures != null) {
            Figure.write(figures, figures(ready));
        }
        return ready.containsValue(false) ? 1 : 0;
    }

    private static boolean isReady(Listener listener, Ports ports) {
        return SERVICES.contains(listener)
                ? Readiness.isOk(URI.create(ports.url(listener) + "/health/ready"))
                : Readiness.isOpen(ports.of(listener));
    }

    private void print(Listener listener, Ports ports, boolean ready) {
        spec.commandLine()
                .getOut()
                .printf("%-22s %6d  %s%n", listener.label(), ports.of(listener), ready ? "ready" : "NOT READY");
    }

    private static List<Figure> figures(Map<Listener, Boolean> ready) {
        return ready.entrySet().stream()
                .map(entry -> Figure.of(entry.getKey().label(), entry.getValue() ? 1 : 0, "ready"))
                .toList();
    }
}

package dev.latchkey.runtime;

import org.slf4j.LoggerFactory;

/** Runs the body of a service from start to a clean stop. */
public final class Service {
    /** What a service does between start and stop; returns once it has been asked to stop and has closed everything. */
    @FunctionalInterface
    public interface Body {
        void serve(Settings settings, Shutdown shutdown) throws Exception;
    }

    /** Like a {@link Body}, with the status that the process ends with. */
    @FunctionalInterface
    public interface Program {
        int run(Settings settings, Shutdown shutdown) throws Exception;
    }

    private final String name;
    private final Shutdown shutdown = new Shutdown();

    private Service(String name) {
        this.name = name;
    }

    /** Never returns: the process ends with status 0 after a clean stop and 1 when the service could not start or broke. */
    public static void run(String name, Body body) {
        runProgram(name, (settings, shutdown) -> {
            body.serve(settings, shutdown);
            return 0;
        });
    }

    /** Never returns: the process ends with the program's status, or 1 when it could not start or broke. */
    public static void runProgram(String name, Program program) {
        LibraryLogs.bridge();
        var service = new Service(name);
        var serving = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> service.stop(serving), name + "-stop"));
        int status = service.statusOf(program);
        Runtime.getRuntime().halt(status);
    }

    private int statusOf(Program program) {
        try {
            return program.run(new Settings(System.getenv()), shutdown);
        } catch (StartRefused e) {
            System.err.println(name + ": " + e.getMessage());
            return 1;
        } catch (Exception | Error e) {
            LoggerFactory.getLogger(Service.class).error("Service broke service={}", name, e);
            return 1;
        }
    }

    /** A signal arrived: lets the body close everything. It is the serving thread that ends the process, with its status. */
    private void stop(Thread serving) {
        shutdown.ask();
        try {
            serving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

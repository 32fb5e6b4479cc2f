package dev.latchkey.runtime;

import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Runs the body of a service from start to a clean stop. */
public final class Service {
    /** What a service does between start and stop; returns once it has been asked to stop and has closed everything. */
    @FunctionalInterface
    public interface Body {
        void serve(Settings settings, Shutdown shutdown) throws Exception;
    }

    private final String name;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Shutdown shutdown = new Shutdown();

    private Service(String name) {
        this.name = name;
    }

    /** Never returns: the process ends with status 0 after a clean stop and 1 when the service could not start or broke. */
    public static void run(String name, Body body) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        var service = new Service(name);
        Runtime.getRuntime().addShutdownHook(new Thread(service::stop, name + "-stop"));
        int status = service.serve(body);
        service.ended.countDown();
        Runtime.getRuntime().halt(status);
    }

    private int serve(Body body) {
        try {
            body.serve(new Settings(System.getenv()), shutdown);
            return 0;
        } catch (StartRefused e) {
            System.err.println(name + ": " + e.getMessage());
            return 1;
        } catch (Exception e) {
            LoggerFactory.getLogger(Service.class).error("Service broke service={}", name, e);
            return 1;
        }
    }

    /** A signal arrived: lets the body close everything before the process goes. */
    private void stop() {
        shutdown.ask();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

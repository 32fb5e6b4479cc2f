package dev.latchkey.embedded.parts;

import dev.latchkey.embedded.process.ChildProcess;
import dev.latchkey.embedded.process.Command;
import dev.latchkey.embedded.process.Part;
import dev.latchkey.embedded.process.Readiness;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Apicurio's registry with Confluent's API, which keeps its schemas in PostgreSQL. */
public final class SchemaRegistry {
    /** Where Confluent's API begins. */
    public static final String API = "/apis/ccompat/v7";

    private static final int MEGABYTES = 256;

    private SchemaRegistry() {}

    /**
     * Returns when the registry answers.
     *
     * @param program the directory with the unpacked distribution of the registry
     */
    public static Part start(int port, Path program, String databaseUrl, Path log) {
        var process = ChildProcess.start("the schema registry", command(port, program, databaseUrl), log);
        var subjects = URI.create("http://localhost:" + port + API + "/subjects");
        return process.whenReady(() -> Readiness.isOk(subjects));
    }

    private static Command command(int port, Path program, String databaseUrl) {
        var arguments = List.of(
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=0",
                "-jar",
                program.resolve("quarkus-run.jar").toString());
        var storage = Map.of(
                "APICURIO_STORAGE_KIND",
                "sql",
                "APICURIO_STORAGE_SQL_KIND",
                "postgresql",
                "APICURIO_DATASOURCE_URL",
                databaseUrl,
                "APICURIO_DATASOURCE_USERNAME",
                Postgres.USER,
                "APICURIO_DATASOURCE_PASSWORD",
                Postgres.PASSWORD,
                "QUARKUS_LOG_LEVEL",
                "WARN");
        return Command.java(MEGABYTES, arguments, storage);
    }
}

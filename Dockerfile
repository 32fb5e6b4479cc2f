# One file for every service:  docker build --build-arg SERVICE=router --tag latchkey/router .
#
#   SERVICE  api, router, agent-worker, pnl-worker, audit, stand-ins or embedded (which creates the topics)
#   JARS     built: compiles the source in a container. ready: takes the jars that `./latchkey` has built on this machine.
#   JDK      image to compile in, BASE image to run in: any with java 25 and curl
ARG JARS=built
ARG JDK=eclipse-temurin:25-jdk
ARG BASE=eclipse-temurin:25-jre

FROM ${JDK} AS built
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q -Dquick -pl infra/distribution -am package \
    && rm infra/distribution/target/latchkey/lib/embedded-postgres-binaries-*.jar \
    && mv infra/distribution/target/latchkey/lib /jars

FROM scratch AS ready
COPY infra/distribution/target/latchkey/lib /jars

FROM ${JARS} AS jars

FROM ${BASE}
COPY --from=jars /jars /opt/latchkey/lib
ARG SERVICE
RUN set -eu; \
    jar=$(ls /opt/latchkey/lib | grep -E "^${SERVICE:?build with --build-arg SERVICE=...}-[0-9][^-]*\.jar$"); \
    ln -s "$jar" /opt/latchkey/lib/service.jar; \
    mkdir -p /var/lib/latchkey; \
    chown 10001:10001 /var/lib/latchkey
ENV LATCHKEY_HTTP_PORT=8080 \
    LATCHKEY_STATE_DIR=/var/lib/latchkey
USER 10001:10001
WORKDIR /var/lib/latchkey
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
    CMD curl --silent --fail --output /dev/null "http://localhost:$LATCHKEY_HTTP_PORT/health/ready"
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/latchkey/lib/service.jar"]

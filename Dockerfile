# docker build .                                                    builds the jar and the image
# docker build --build-arg JAR=target/canyon-0.1.0-SNAPSHOT.jar .   uses an existing jar
FROM eclipse-temurin:25-jdk AS program
ARG JAR=""
WORKDIR /build
COPY . .
# The Maven wrapper verifies the checksum of the zip archive, so it needs unzip.
RUN --mount=type=cache,target=/root/.m2 \
    if [ -z "$JAR" ]; then \
        { command -v unzip >/dev/null || { apt-get update && apt-get install -y --no-install-recommends unzip; }; } \
        && ./mvnw -B -ntp -Dmaven.test.skip=true package; \
    fi \
    && mv ${JAR:-target/canyon-*.jar} application.jar \
    && java -Djarmode=tools -jar application.jar extract --layers --destination layers
# Native libraries are extracted next to the program, because the temporary directory may be mounted noexec.
RUN mkdir native && cd native \
    && for jar in ../layers/dependencies/lib/netty-transport-native-*-linux-*.jar; do jar xf "$jar" META-INF/native; done \
    && jar xf ../layers/dependencies/lib/sqlite-jdbc-*.jar "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" \
    && mv META-INF/native/*.so "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" . \
    && rm -r META-INF org

FROM eclipse-temurin:25-jre AS installed
WORKDIR /app
# Files that rarely change come first, so that a new version only adds a small layer.
COPY --from=program /build/native/ native/
COPY --from=program /build/layers/dependencies/ ./
COPY --from=program /build/layers/snapshot-dependencies/ ./
# After a clone with umask 077, the user of the container could not read these files.
COPY --chmod=644 deploy/image/jvm.options deploy/image/healthcheck ./
COPY --from=program /build/layers/application/application.jar ./

# A separate stage: only the cache of the training run is copied into the image.
FROM installed AS trained
COPY deploy/image/train ./
RUN bash train

FROM installed
LABEL org.opencontainers.image.title="Canyon" \
      org.opencontainers.image.description="TCP and UDP echo listeners with a REST API and health checks" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=trained /app/canyon.aot ./
# Writable for any user ID that is set with --user.
RUN install --directory --mode 1777 /data
ENV SERVER_ADDRESS=0.0.0.0 \
    CANYON_DEFAULT_HOST=0.0.0.0 \
    CANYON_DATA_DIR=/data
VOLUME /data
USER 10001:10001
EXPOSE 8080/tcp 7007/tcp 7007/udp
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["bash", "/app/healthcheck"]
ENTRYPOINT ["java", "@/app/jvm.options", "-XX:AOTCache=/app/canyon.aot", "-jar", "/app/application.jar"]

# Build the jar first: ./mvnw package
FROM eclipse-temurin:25-jre AS layers
WORKDIR /build
COPY target/canyon-*.jar application.jar
RUN java -Djarmode=tools -jar application.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Canyon" \
      org.opencontainers.image.description="TCP and UDP echo listeners with a REST API and health checks" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 10001 canyon \
    && useradd --system --uid 10001 --gid 10001 --home-dir /app --shell /usr/sbin/nologin canyon \
    && install --directory --owner 10001 --group 10001 /data
WORKDIR /app
# What changes least comes first, so that a new version is a small layer.
COPY --from=layers /build/layers/dependencies/ ./
COPY --from=layers /build/layers/spring-boot-loader/ ./
COPY --from=layers /build/layers/snapshot-dependencies/ ./
COPY --from=layers /build/layers/application/ ./
# Listeners are there to be reached from outside the container; the API stays on loopback unless it is told otherwise.
ENV CANYON_DEFAULT_HOST=0.0.0.0 \
    CANYON_DATA_DIR=/data
VOLUME /data
USER 10001:10001
EXPOSE 8080/tcp 7007/tcp 7007/udp
STOPSIGNAL SIGTERM
# The base image has neither curl nor wget, but bash can open a connection.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-${SERVER_PORT:-8080}} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-jar", "application.jar"]

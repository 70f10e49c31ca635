# The bundle as an image: build, then layers that change at different speeds.
FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml .
COPY src/main src/main
RUN mvn -B -q -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true package

# Not Alpine: the ONNX runtime and the tokenizer bring native code for glibc.
FROM eclipse-temurin:17.0.15_6-jre-noble
WORKDIR /app
RUN mkdir data inbox && chown 1000:1000 data inbox
COPY --from=build /build/target/lib target/lib
COPY --from=build /build/target/hippocamel.jar target/hippocamel.jar
COPY api api
COPY bin bin
COPY routes routes
# Class data sharing: what a start loads is laid out once, here, with the same JVM. A second of
# measuring a private bundle touches all of it.
RUN java -Xshare:dump > /dev/null \
 && java -XX:ArchiveClassesAtExit=target/hippocamel.jsa -jar target/hippocamel.jar \
      bench --clients 1 --batch 1 --seconds 1 --warm-up 0 > /dev/null
ENV PATH="/app/bin:$PATH"
USER 1000:1000
EXPOSE 8080 9876
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:SharedArchiveFile=target/hippocamel.jsa", "-jar", "target/hippocamel.jar"]

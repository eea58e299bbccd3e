# A small image with one binary. Build: docker build -t demarche . — run: docker run -p 50051:50051 demarche
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
# gcc for ring; nothing else is needed, no protoc either.
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
COPY . .
RUN cargo build --release --locked && cp target/release/demarche /demarche

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /demarche /usr/local/bin/demarche
USER nonroot
EXPOSE 50051 9464
# Inside a container the address must be open, and the network around it says who may call; set DEMARCHE_AUTH__TOKENS or
# DEMARCHE_TLS__CLIENT_CA and take DEMARCHE_AUTH__ANONYMOUS away where others share that network.
ENV DEMARCHE_SERVER__LISTEN=0.0.0.0:50051 \
    DEMARCHE_SERVER__METRICS_LISTEN=0.0.0.0:9464 \
    DEMARCHE_AUTH__ANONYMOUS=true \
    DEMARCHE_LOG__FORMAT=json
HEALTHCHECK --interval=10s --timeout=4s --start-period=2s CMD ["/usr/local/bin/demarche", "health"]
ENTRYPOINT ["/usr/local/bin/demarche"]
CMD ["serve"]

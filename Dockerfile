# One target for each service: media, signaling, gateway, logs, ui. Both the classic builder and BuildKit can read this file.
# Node runs the TypeScript sources of the services by type stripping. Only the user interface is built.

# -- the base of all images ----------------------------------------------------------------------------------------------
FROM node:24.21.0-bookworm-slim AS base
# A browser sends all cookies of the site, and other programs under the same domain may have set many: nginx takes as much.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NODE_OPTIONS=--max-http-header-size=65536
WORKDIR /app
# Each service is a user of its own and owns its log folder. Only the group of the log viewer may read a log folder, and new
# files inherit that group from it, so no service can read the log of another one. 10006 is nginx, which has an image of its own.
RUN groupadd --gid 10000 logreaders \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin media \
 && useradd --uid 10002 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin signaling \
 && useradd --uid 10003 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin gateway \
 && useradd --uid 10004 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin ui \
 && useradd --uid 10005 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin --groups logreaders logs \
 && install -d -m 0755 /var/log/parley \
 && install -d -m 2750 -o media -g logreaders /var/log/parley/media \
 && install -d -m 2750 -o signaling -g logreaders /var/log/parley/signaling \
 && install -d -m 2750 -o gateway -g logreaders /var/log/parley/gateway /var/log/parley/browser \
 && install -d -m 2750 -o logs -g logreaders /var/log/parley/logs \
 && install -d -m 2750 -o 10006 -g logreaders /var/log/parley/nginx \
 && install -d -m 0750 -o media /run/media-slots \
 && install -d -m 0700 -o gateway /var/lib/parley/files
COPY deploy/docker/healthy.mjs deploy/docker/instance.sh deploy/docker/media-slot.sh deploy/docker/
RUN chmod -R a+rX deploy
ENTRYPOINT ["sh", "deploy/docker/instance.sh"]

# -- packages ------------------------------------------------------------------------------------------------------------
FROM base AS manifests
COPY package.json package-lock.json ./
COPY proto/package.json proto/
COPY services/common/package.json services/common/
COPY services/media/package.json services/media/
COPY services/signaling/package.json services/signaling/
COPY services/gateway/package.json services/gateway/
COPY services/logs/package.json services/logs/
COPY ui/package.json ui/
# Not "npm ci": scripts/bootstrap/dependencies.mjs says why.
ENV INSTALL="npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error"

FROM manifests AS media-packages
RUN $INSTALL --omit=dev --omit=optional --workspace services/media && npm cache clean --force

FROM manifests AS signaling-packages
RUN $INSTALL --omit=dev --omit=optional --workspace services/signaling && npm cache clean --force

FROM manifests AS gateway-packages
RUN $INSTALL --omit=dev --omit=optional --workspace services/gateway && npm cache clean --force

FROM manifests AS logs-packages
RUN $INSTALL --omit=dev --omit=optional --workspace services/logs && npm cache clean --force

# Files keep the rights that they have in the checkout. With a umask such as 077 only their owner could read them, and the user
# of a service is another one.
FROM base AS checkout
COPY proto proto
COPY services services
RUN chmod -R a+rX proto services

FROM base AS sources
COPY --from=checkout /app/proto/package.json proto/
COPY --from=checkout /app/proto/parley proto/parley
COPY --from=checkout /app/proto/src proto/src
COPY --from=checkout /app/services/common/package.json services/common/
COPY --from=checkout /app/services/common/src services/common/src

# -- media ---------------------------------------------------------------------------------------------------------------
# The mediasoup worker: the one in deploy/worker if there is one, else the prebuilt one of mediasoup's authors, else one that is
# built from the sources in the package, by the package's own install script if that works.
FROM base AS worker
COPY --from=media-packages /app/node_modules node_modules
COPY scripts/lib scripts/lib
COPY scripts/bootstrap scripts/bootstrap
COPY scripts/compose/get-worker.mjs scripts/compose/
COPY deploy/worker deploy/worker
RUN node scripts/compose/get-worker.mjs /opt/mediasoup-worker

# The sources of the worker are a third of the package, and no program needs them at run time.
FROM media-packages AS media-modules
RUN rm -rf node_modules/mediasoup/worker

FROM sources AS media
COPY --from=worker /opt/mediasoup-worker /opt/mediasoup-worker
RUN if [ -s /opt/mediasoup-worker/packages ]; then \
      apt-get update -q && xargs apt-get install -y --no-install-recommends < /opt/mediasoup-worker/packages \
      && rm -rf /var/lib/apt/lists/*; \
    fi
COPY --from=media-modules /app/node_modules node_modules
COPY --from=checkout /app/services/media/package.json services/media/
COPY --from=checkout /app/services/media/src services/media/src
ENV MEDIASOUP_WORKER_BIN=/opt/mediasoup-worker/mediasoup-worker
USER media
ENTRYPOINT ["sh", "deploy/docker/media-slot.sh"]
CMD ["node", "--disable-warning=ExperimentalWarning", "services/media/src/main.ts"]
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD node deploy/docker/healthy.mjs "$(cat /tmp/admin-port)"

# -- signaling, gateway, logs --------------------------------------------------------------------------------------------
FROM sources AS signaling
COPY --from=signaling-packages /app/node_modules node_modules
COPY --from=checkout /app/services/signaling/package.json services/signaling/
COPY --from=checkout /app/services/signaling/migrations services/signaling/migrations
COPY --from=checkout /app/services/signaling/src services/signaling/src
USER signaling
CMD ["node", "--disable-warning=ExperimentalWarning", "services/signaling/src/main.ts"]
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD ["node", "deploy/docker/healthy.mjs", "5001"]

FROM sources AS gateway
COPY --from=gateway-packages /app/node_modules node_modules
COPY --from=checkout /app/services/gateway/package.json services/gateway/
COPY --from=checkout /app/services/gateway/migrations services/gateway/migrations
COPY --from=checkout /app/services/gateway/src services/gateway/src
USER gateway
CMD ["node", "--disable-warning=ExperimentalWarning", "services/gateway/src/main.ts"]
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD ["node", "deploy/docker/healthy.mjs", "4001"]

FROM sources AS logs
COPY --from=logs-packages /app/node_modules node_modules
COPY --from=checkout /app/services/logs/package.json services/logs/
COPY --from=checkout /app/services/logs/src services/logs/src
COPY --from=checkout /app/services/logs/web services/logs/web
USER logs
CMD ["node", "--disable-warning=ExperimentalWarning", "services/logs/src/main.ts"]
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD ["node", "deploy/docker/healthy.mjs", "9001"]

# -- the user interface --------------------------------------------------------------------------------------------------
FROM manifests AS ui-build
RUN NODE_ENV=development $INSTALL --include=dev --include=optional --workspace ui --include-workspace-root
COPY tsconfig.base.json ./
COPY proto proto
COPY ui ui
RUN chmod -R a+rX package.json tsconfig.base.json proto ui
RUN cd ui && UI_STANDALONE=1 node ../node_modules/next/dist/bin/next build

FROM base AS ui
# Next.js traces which packages its server needs: the compiler and the bundler are not among them.
COPY --from=ui-build /app/ui/.next/standalone ./
COPY --from=ui-build /app/ui/.next/static ui/.next/static
ENV HOSTNAME=0.0.0.0 PORT=3000
USER ui
CMD ["node", "ui/server.js"]
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD ["node", "deploy/docker/healthy.mjs", "3000", "/"]

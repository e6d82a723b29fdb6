# Relance, built from source. The versions are those that the tests run on.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt ./
COPY src/Relance.Domain/Relance.Domain.csproj src/Relance.Domain/packages.lock.json src/Relance.Domain/
COPY src/Relance/Relance.csproj src/Relance/packages.lock.json src/Relance/
RUN dotnet restore src/Relance/Relance.csproj --locked-mode
COPY src/ src/
# The analyzers have judged this code before it was committed.
RUN dotnet publish src/Relance/Relance.csproj --no-restore -c Release -o /app -p:UseAppHost=false -p:RunAnalyzers=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12
# A new volume takes the owner of the folder it is mounted on.
RUN mkdir /data && chown 1654:1654 /data
WORKDIR /app
COPY --from=build /app .
# The image's own user « app », by its number: Kubernetes wants to see that it is not root.
USER 1654
ENV Relance__DataFolder=/data Relance__Urls=http://*:8080 ASPNETCORE_HTTP_PORTS= DOTNET_EnableDiagnostics=0
VOLUME /data
EXPOSE 8080
# The image has neither curl nor wget, and starting .NET every half minute would cost more than the service itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ code _ <&3 && [ \"$code\" = 200 ]"]
ENTRYPOINT ["dotnet", "relance.dll"]
CMD ["serve"]

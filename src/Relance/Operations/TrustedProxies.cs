using Microsoft.AspNetCore.HttpOverrides;

namespace Relance.Operations;

/// <summary>Who calls, and whether by https, where a proxy stands in front: what is counted and limited by address must count its clients, not the proxy.</summary>
internal static class TrustedProxies
{
    /// <summary>First of all. Reads the forwarded addresses from the last, as long as they are proxies of ours: a client may have written the first itself.</summary>
    public static WebApplication UseTrustedProxies(this WebApplication app)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        // This machine is trusted by default; everybody on it is not.
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in app.Services.GetRequiredService<RelanceSettings>().TrustedProxies)
            options.KnownIPNetworks.Add(proxy);
        // Without any, the framework would believe everybody.
        if (options.KnownIPNetworks.Count > 0)
            app.UseForwardedHeaders(options);
        return app;
    }
}

using MLOpsGovernance.Server.Ui;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>
/// What a browser may do with an answer. A page runs only scripts and styles that come from here as files, asks nobody else for anything, and stands in no other's frame. Styles of single elements
/// are allowed: components place themselves by them, and they can load nothing.
/// </summary>
internal static class SecurityHeaders
{
    public const string Pages =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
        + "base-uri 'self'; frame-ancestors 'none'";

    /// <summary>The description of the API brings scripts and styles of its own, all of them from here.</summary>
    private const string Reference =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; frame-ancestors 'none'";

    private const string Data = "default-src 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            var endpoint = context.GetEndpoint();
            var forPeople = ForPeople.Asks(endpoint);
            headers.ContentSecurityPolicy = forPeople || endpoint is null ? Pages : context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase) ? Reference : Data;
            if (!forPeople) return next(context);

            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return next(context);
        });
    }
}

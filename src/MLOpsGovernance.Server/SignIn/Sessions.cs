using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.SignIn;

/// <summary>
/// A person's session in a browser: a cookie that scripts cannot read, that no other site's form carries, and that ends for good after <c>Authentication:SessionHours</c> (10 by default). It says who
/// somebody is and what the provider's claims say; which roles are granted is asked at every act.
/// </summary>
internal static class Sessions
{
    public const string Scheme = "session", Provider = "provider";

    private const string EndsClaim = "session-ends";

    private const int MostHours = 24;

    public static void AddSessions(this WebApplicationBuilder builder, AuthenticationBuilder authentication)
    {
        var hours = builder.Configuration.GetValue("Authentication:SessionHours", 10);
        if (hours is < 1 or > MostHours) throw new StartupException($"Authentication__SessionHours is a whole number from 1 to {MostHours}.");
        var length = TimeSpan.FromHours(hours);
        builder.Services.AddSingleton(new SessionLength(length)).AddSingleton<SessionKeys>();
        builder.Services.AddDataProtection().SetApplicationName("mlgov");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<SessionKeys>((options, keys) => options.XmlRepository = keys);
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "mlgov-form";
            // It proves nothing by itself; demanding a secure connection here would turn a proxy that does not say so into an error of every page.
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        authentication.AddCookie(Scheme, options =>
        {
            options.Cookie.Name = "mlgov-session";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = Policy(builder);
            options.ExpireTimeSpan = length;
            options.SlidingExpiration = false;
            (options.LoginPath, options.ReturnUrlParameter) = ("/sign-in", "to");
            options.Events.OnValidatePrincipal = async validated =>
            {
                if (IsUsable(validated.Principal, validated.HttpContext)) return;
                validated.RejectPrincipal();
                await validated.HttpContext.SignOutAsync(Scheme);
            };
            // A page that is open already is told by status, and says so itself; only somebody who opens one is sent to sign in.
            options.Events.OnRedirectToLogin = redirect =>
            {
                if (HttpMethods.IsGet(redirect.Request.Method) && !redirect.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)) redirect.Response.Redirect(redirect.RedirectUri);
                else redirect.Response.StatusCode = 401;
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>Signs somebody in whose identity is proven.</summary>
    public static async Task BeginAsync(HttpContext context, ClaimsIdentity identity)
    {
        var ends = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + context.RequestServices.GetRequiredService<SessionLength>().Length;
        await context.SignInAsync(Scheme, new(Ending(identity, ends)));
    }

    public static ClaimsIdentity Ending(ClaimsIdentity identity, DateTimeOffset ends)
    {
        identity.AddClaim(new(EndsClaim, ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        return identity;
    }

    /// <summary>Whether a page that is open still belongs to somebody who is signed in.</summary>
    public static bool Lasts(ClaimsPrincipal user, DateTimeOffset now) => Ends(user) is { } ends && now < ends;

    public static DateTimeOffset? Ends(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } && long.TryParse(user.FindFirstValue(EndsClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Where to go after signing in: a path of ours, whatever the address bar says.</summary>
    public static string Safe(string? to) => to is ['/', ..] and not ['/', '/' or '\\', ..] && !to.Any(char.IsControl) ? to : "/";

    private static bool IsUsable(ClaimsPrincipal? user, HttpContext context) =>
        user?.Identity is { } identity && Lasts(user, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
        && (identity.AuthenticationType != Authentication.Development || DevelopmentTokens.HoldHere(context));

    private static CookieSecurePolicy Policy(WebApplicationBuilder builder) => builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    internal sealed record SessionLength(TimeSpan Length);
}

using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>
/// How many policy checks one identity, an API key or else a subject, may ask for in a second: <c>Limits:ChecksPerSecond</c>, 20,000 by default and 0 for no limit. Without it, one
/// pipeline that asks in a loop would keep all others waiting. In Development there is none unless it is set.
/// </summary>
internal static class CheckLimit
{
    public const string Name = "checks", Code = "too-many-requests";

    private const int Default = 20_000, Most = 1_000_000;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    /// <exception cref="StartupException">The setting is no number that can be a limit.</exception>
    public static void AddCheckLimit(this WebApplicationBuilder builder)
    {
        var limit = Of(builder.Configuration["Limits:ChecksPerSecond"], builder.Environment.IsDevelopment());
        var budget = new CheckBudget(limit, Window);
        builder.Services.AddSingleton(budget).AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Name, context => limit == 0 ? RateLimitPartition.GetNoLimiter("") : RateLimitPartition.Get(Identity(context), budget.Of));
            limiter.OnRejected = async (rejected, _) => await Refused(rejected, limit).ExecuteAsync(rejected.HttpContext);
        });
    }

    /// <summary>Who asks, as far as the limit is concerned.</summary>
    public static string Identity(HttpContext context) => context.User.FindFirstValue("sub") ?? "";

    /// <summary>Counted, but not kept: a record of each would do to the store what the limit is there to prevent.</summary>
    private static IResult Refused(OnRejectedContext rejected, int limit)
    {
        Telemetry.Refusals.Add(1, new("code", Code), new("use_case", "check-policy"));
        var after = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
        var seconds = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds));
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Problem(429, Code, string.Create(CultureInfo.InvariantCulture,
            $"{rejected.HttpContext.User.FindFirstValue("sub")} may ask for {limit} checks in a second, and asked for more. No decision was made; ask again after {seconds} s."));
    }

    private static int Of(string? setting, bool development) =>
        string.IsNullOrWhiteSpace(setting) ? development ? 0 : Default
        : int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit <= Most ? limit
        : throw new StartupException($"Limits__ChecksPerSecond is a whole number from 0, which is no limit, to {Most}; it is '{setting}'.");
}

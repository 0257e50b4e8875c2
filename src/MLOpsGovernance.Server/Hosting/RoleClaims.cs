using System.Security.Claims;
using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>
/// Which roles the identity provider's word gives. The claim <c>Authentication:RoleClaim</c> ("roles" by default) names them, or groups of the organisation do, as <c>Authentication:RoleMapping:{role}</c>
/// lists them, with commas between. Whatever is mapped, claims give <see cref="Roles.ByClaim"/> and nothing else: every other role is granted by an event.
/// </summary>
internal sealed class RoleClaims
{
    private readonly string _claim;
    private readonly ILookup<string, string> _byValue;

    /// <exception cref="StartupException">Something is mapped to what is no role.</exception>
    public RoleClaims(IConfiguration configuration, ILogger<RoleClaims> log)
    {
        _claim = Claim(configuration);
        var mapped = configuration.GetSection("Authentication:RoleMapping").GetChildren().ToArray();
        if (mapped.FirstOrDefault(m => !Roles.All.Contains(m.Key, StringComparer.Ordinal)) is { } unknown)
            throw new StartupException($"Authentication__RoleMapping__{unknown.Key}: there is no such role; there are {string.Join(", ", Roles.All)}.");
        foreach (var never in mapped.Where(m => !Roles.ByClaim.Contains(m.Key, StringComparer.Ordinal)))
            log.LogWarning("Groups of the identity provider cannot give the role {Role}; it is granted by an administrator, and the mapping has no effect", never.Key);

        var own = mapped.Length == 0 ? Roles.ByClaim.Select(r => (Value: r, Role: r)) : [];
        _byValue = own.Concat(mapped.Where(m => Roles.ByClaim.Contains(m.Key, StringComparer.Ordinal))
                .SelectMany(m => (m.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(v => (Value: v, Role: m.Key))))
            .ToLookup(p => p.Value, p => p.Role, StringComparer.Ordinal);
    }

    public static string Claim(IConfiguration configuration) => configuration["Authentication:RoleClaim"] is { Length: > 0 } claim ? claim : "roles";

    /// <summary>A value that only looks like a role gives none where groups are mapped.</summary>
    public IEnumerable<string> Of(ClaimsPrincipal user) => user.FindAll(_claim).SelectMany(c => _byValue[c.Value]).Distinct(StringComparer.Ordinal);
}

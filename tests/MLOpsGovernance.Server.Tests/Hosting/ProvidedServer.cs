using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Notes;
using Microsoft.IdentityModel.Tokens;

namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>A server as in production, where the tokens of an identity provider say who calls.</summary>
public sealed class ProvidedServer(Database database) : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    internal RsaSecurityKey Key { get; } = IdentityProvider.NewKey("first");

    internal IdentityProvider Provider { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await IdentityProvider.StartAsync(Key);
        Server = await StartAsync(await database.NewDatabaseAsync(nameof(ProvidedServer)), Provider.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
    }

    internal async Task<HttpClient> AsAsync(string subject, params string[] roles) => Server.As(await Provider.TokenAsync(subject, roles));

    internal static string LogKey { get; } = SigningKey.Generate("tests").ToPkcs8();

    internal static string VerdictKey { get; } = EnvelopeSigningKey.Generate().ToPkcs8();

    internal static Task<RunningServer> StartAsync(string connection, Uri authority, params (string Key, string Value)[] settings) => RunningServer.StartAsync(connection, null,
    [
        ("environment", "Production"), ("Authentication:Authority", authority.ToString()), ("Authentication:Audience", IdentityProvider.Audience),
        ("Identity:FirstAdministrator", "root"), ("Audit:LogKey", LogKey), ("Audit:VerdictKey", VerdictKey), .. settings,
    ]);
}

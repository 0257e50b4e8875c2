using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Tests.Hosting;

public sealed class StartingOutsideDevelopment
{
    [Theory]
    [InlineData("", "mlops-governance")]
    [InlineData("https://login.example.org", "")]
    [InlineData("", "")]
    public async Task Is_refused_without_an_identity_provider(string authority, string audience)
    {
        var refusal = await RefusalAsync(authority, audience);
        refusal.ShouldContain("Authentication__Authority");
        refusal.ShouldContain("Authentication__Audience");
    }

    [Theory]
    [InlineData("http://login.example.org")]
    [InlineData("http://192.0.2.7:8080/realms/ml")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("login.example.org")]
    [InlineData("/realms/ml")]
    public async Task Is_refused_when_the_providers_keys_would_come_in_clear_over_a_network(string authority) =>
        (await RefusalAsync(authority, "mlops-governance")).ShouldBe($"Authentication__Authority must be an https address (http on this machine only); it is '{authority}'.");

    [Fact]
    public async Task Is_refused_without_keys_for_the_audit_log_and_for_verdicts()
    {
        (await RefusalAsync("https://login.example.org", "mlops-governance")).ShouldStartWith("Outside Development the audit log needs a key: set Audit__LogKeyFile");
        (await RefusalAsync("https://login.example.org", "mlops-governance", ("Audit:LogKey", ProvidedServer.LogKey))).ShouldStartWith("Outside Development verdicts need a key of their own: set Audit__VerdictKeyFile");
        (await RefusalAsync("https://login.example.org", "mlops-governance", ("Audit:LogKey", "guess"))).ShouldStartWith("A key of the audit log cannot be used: ");
    }

    private static async Task<string> RefusalAsync(string authority, string audience, params (string, string)[] more) => (await Should.ThrowAsync<StartupException>(RunningServer.StartAsync(
        "Host=127.0.0.1;Port=1", null, [("environment", "Production"), ("Authentication:Authority", authority), ("Authentication:Audience", audience), .. more]))).Message;
}

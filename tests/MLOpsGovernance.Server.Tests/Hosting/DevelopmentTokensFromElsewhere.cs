using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Server.Tests.Requests;

namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>A server whose callers seem to come from other addresses, and which believes whatever a proxy says of them, as ASP.NET Core does when it is told to.</summary>
public sealed class ServerForAll(Database database) : IAsyncLifetime
{
    public const string From = "X-Test-From";

    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await RunningServer.StartWithAsync(await database.NewDatabaseAsync(nameof(ServerForAll)), services => services.AddSingleton<IStartupFilter, Callers>());

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private sealed class Callers : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                if (context.Request.Headers.TryGetValue(From, out var from)) context.Connection.RemoteIpAddress = IPAddress.TryParse(from, out var address) ? address : null;
                return go(context);
            });
            var trusting = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All };
            trusting.KnownIPNetworks.Clear();
            trusting.KnownProxies.Clear();
            app.UseForwardedHeaders(trusting);
            next(app);
        };
    }
}

public sealed class DevelopmentTokensFromElsewhere(ServerForAll all) : IClassFixture<ServerForAll>
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task Are_accepted_from_this_machine(string address) => (await MeAsync((ServerForAll.From, address))).Status.ShouldBe(200);

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("10.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::ffff:192.0.2.7")]
    [InlineData("2001:db8::7")]
    [InlineData("fe80::1")]
    [InlineData("nowhere")]
    public async Task Are_refused_from_another_machine(string address) => Refused(await MeAsync((ServerForAll.From, address)));

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-For", "::1")]
    [InlineData("X-Forwarded-For", "127.0.0.1, 127.0.0.1")]
    [InlineData("X-Forwarded-For", "127.0.0.1:1234")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("X-Original-For", "127.0.0.1:1234")]
    public async Task Are_refused_from_another_machine_that_says_it_is_this_one(string header, string value) =>
        Refused(await MeAsync((ServerForAll.From, "192.0.2.7"), (header, value)));

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-For", "")]
    [InlineData("Forwarded", "for=192.0.2.7")]
    public async Task Are_refused_through_a_proxy_on_this_machine(string header, string value) => Refused(await MeAsync((header, value)));

    private async Task<Answer> MeAsync(params (string Name, string Value)[] headers)
    {
        using var client = all.Server.As("dev:administrator:root");
        foreach (var (name, value) in headers) client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return await client.GetJsonAsync("/me");
    }

    private static void Refused(Answer answer) => BadInput.Explained(answer, "a development token from elsewhere", 401, "unauthenticated");
}

using System.Net.Sockets;
using System.Text;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Subjects;
using MLOpsGovernance.Server.Tests.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Tests.Requests;

/// <summary>A server that logs where the test can read it, and whose <c>/me</c> has PostgreSQL refuse a text.</summary>
public sealed class LoggingServer(Database database) : IAsyncLifetime
{
    internal CollectedLog Log { get; } = new();

    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartWithAsync(await database.NewDatabaseAsync(nameof(LoggingServer)), services =>
    {
        Log.AddTo(services);
        services.AddTransient<IRequestHandler<ReadMyself, Result<MyselfView>>, Asking>();
    });

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private sealed class Asking(NpgsqlDataSource source) : IRequestHandler<ReadMyself, Result<MyselfView>>
    {
        public async Task<Result<MyselfView>> Handle(ReadMyself request, CancellationToken cancellationToken)
        {
            await using var command = source.CreateCommand("select $1::text");
            command.Parameters.Add(new() { Value = "a\0b" });
            await command.ExecuteScalarAsync(cancellationToken);
            throw new InvalidOperationException("PostgreSQL took it.");
        }
    }
}

/// <summary>Whoever sends nonsense must not be able to wake anybody at night, nor to write the log.</summary>
public sealed class FaultsInTheLog(LoggingServer logging) : IClassFixture<LoggingServer>
{
    [Fact]
    public async Task Are_one_line_without_a_stack_when_PostgreSQL_refuses_the_text()
    {
        BadInput.Explained(await logging.Server.As("dev:contributor:ann").GetJsonAsync("/me"), "a text with NUL", 400, "invalid-text");
        Line("invalid-text").Text.ShouldBe("GET /api/v1/me was refused: invalid-text (22021)");
        NothingWorse();
    }

    [Fact]
    public async Task Are_one_line_without_a_stack_when_the_request_is_wrong()
    {
        var ann = logging.Server.As("dev:contributor:ann");
        await World.Refused(400, "malformed-json", ann.PostJsonAsync("/teams", EveryCall.Json("{\"name\":")));
        await World.Refused(400, "malformed-request", ann.GetJsonAsync("/audit/events?from=%0Aadmin%20logged%20in"));
        Line("malformed-json").Text.ShouldBe("POST /api/v1/teams was refused: malformed-json");
        Line("malformed-request").Text.ShouldBe("GET /api/v1/audit/events was refused: malformed-request");
        logging.Log.Lines.ShouldAllBe(line => !line.Text.Contains("admin logged in"));
        NothingWorse();
    }

    /// <summary>The web server itself refuses what is no request at all, before this service sees it: a status, no body, and the connection ends.</summary>
    [Theory]
    [InlineData("GET /api/v1/teams/a%00b HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /api/v1/teams HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n")]
    [InlineData("GET /api/v1/teams HTTP/1.1\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task Are_none_when_it_is_no_request(string sent)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(logging.Server.Address.Host, logging.Server.Address.Port, LocalPostgresTest.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(sent), LocalPostgresTest.Token);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(LocalPostgresTest.Token);
        answer.ShouldStartWith("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n");
        answer.ShouldEndWith("\r\n\r\n");
        NothingWorse();
    }

    private CollectedLog.Line Line(string code)
    {
        var line = logging.Log.Lines.Where(l => l.Text.Contains(code)).ShouldHaveSingleItem();
        (line.Level, line.Exception).ShouldBe((LogLevel.Information, null));
        return line;
    }

    private void NothingWorse() => logging.Log.Lines.Where(l => l.Level >= LogLevel.Warning && l.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) && !l.Category.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) || l.Exception is not null).ShouldBeEmpty();
}

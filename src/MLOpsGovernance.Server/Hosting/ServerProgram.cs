using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>Starts the server, or only brings its database up to date. What stops it from starting is one message, not a stack.</summary>
internal static class ServerProgram
{
    private const string Usage = """
        usage: mlgov-server [--urls URL] [--data FOLDER] [--offline]
               mlgov-server migrate        bring the database up to date, then stop
               mlgov-server health --url URL

          --urls URL      where to listen; http://127.0.0.1:5080 by default
          --data FOLDER   local data: in Development the database and keys
          --offline       never fetch anything

        Without ConnectionStrings__Postgres, in Development, a private PostgreSQL is started and stopped with the server.
        """;

    public static int Help()
    {
        Console.WriteLine(Usage);
        return 0;
    }

    public static int Unknown(string verb)
    {
        Console.Error.WriteLine($"'{verb}' is not a command of mlgov-server.\n\n{Usage}");
        return 2;
    }

    public static async Task<int> RunAsync(string[] args, bool migrateOnly)
    {
        var offline = args.Contains("--offline", StringComparer.Ordinal);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args.Where(a => a != "--offline")],
            // Settings and policies lie beside the program, whatever the working folder is.
            ContentRootPath = AppContext.BaseDirectory,
        });
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null) builder.WebHost.UseUrls("http://127.0.0.1:5080");

        using var logging = LoggerFactory.Create(log => log.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole(o => o.SingleLine = true));
        var log = logging.CreateLogger("mlgov-server");
        LocalPostgres? local = null;
        try
        {
            var data = DataFolder.Of(builder.Configuration["data"], builder.Environment.IsDevelopment());
            var connection = builder.Configuration.GetConnectionString("Postgres");
            if (string.IsNullOrWhiteSpace(connection))
            {
                if (!builder.Environment.IsDevelopment()) throw new StartupException("Outside Development a database is required: set ConnectionStrings__Postgres.");
                local = await LocalPostgres.StartAsync(
                    new(data.Path)
                    {
                        BinariesFolder = builder.Configuration["LocalPostgres:Binaries"],
                        SearchMachine = builder.Configuration.GetValue("LocalPostgres:SearchMachine", true),
                        MayFetch = !offline,
                        CacheFolder = builder.Configuration["LocalPostgres:Cache"] ?? LocalPostgresOptions.DefaultCacheFolder,
                    }, log, CancellationToken.None);
                connection = local.ConnectionString;
            }

            await using var app = ServerHost.Build(builder, connection, data, serves: !migrateOnly);
            if (migrateOnly || builder.Environment.IsDevelopment()) await ServerHost.PrepareAsync(app, CancellationToken.None);
            else await ServerHost.EnsureMigratedAsync(app);
            if (migrateOnly)
            {
                log.LogInformation("The database is up to date");
                return 0;
            }

            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is StartupException or LocalPostgresUnavailableException)
        {
            await Console.Error.WriteLineAsync($"mlgov-server: {e.Message}");
            return 1;
        }
        catch (Exception e) when (e is NpgsqlException || e.InnerException is NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"mlgov-server: PostgreSQL at ConnectionStrings__Postgres cannot be used: {(e.InnerException ?? e).Message}");
            return 1;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"mlgov-server: {e.Message} Choose another address with --urls.");
            return 1;
        }
        finally
        {
            if (local is not null) await local.DisposeAsync();
        }
    }
}

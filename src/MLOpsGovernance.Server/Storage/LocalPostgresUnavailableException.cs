namespace MLOpsGovernance.Server.Storage;

/// <summary>The private cluster cannot be had. The message is complete: print it and stop.</summary>
public sealed class LocalPostgresUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>For want of usable binaries: says why, and the three ways out.</summary>
    internal static LocalPostgresUnavailableException NoBinaries(string why, Exception? inner = null) => new(
        $"{why} Either install PostgreSQL {LocalPostgresBinaries.OldestMajor} or newer, "
        + "or give a connection string in ConnectionStrings__Postgres, or run the whole service in containers with `docker compose up -d`.",
        inner);
}

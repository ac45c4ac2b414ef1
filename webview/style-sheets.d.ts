/** The bundler turns a style sheet into a file beside the script. */
declare module '*.css';
